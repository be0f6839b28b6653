export { verifyCommand } from './verify-command';
