export { portsCommand } from './ports-command';
export { productsCommand } from './products-command';
export { whoCommand } from './who-command';
