export { type CatalogPage, pageMarkdown, pageText } from './catalog-page';
export { comparedText } from './compared-text';
export { portsPage } from './ports-page';
export { productsPage } from './products-page';
export { whoPage } from './who-page';
