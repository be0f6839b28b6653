export { reportPage } from './page';
