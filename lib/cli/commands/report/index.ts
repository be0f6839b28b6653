export { reportCommand } from './report-command';
