export { APINIZER_DATA_STORES } from './apinizer-data-stores@2024-12';
export { APINIZER_DATA_STORES_2026_03 } from './apinizer-data-stores@2026-03';
export { APINIZER_INSTALLATION_HOSTS } from './apinizer-installation-hosts@2024-12';
export { APINIZER_INSTALLATION_HOSTS_2026_03 } from './apinizer-installation-hosts@2026-03';
export { APINIZER_NODE_PORTS } from './apinizer-node-ports@2024-12';
export { APINIZER_NODE_PORTS_2026_03 } from './apinizer-node-ports@2026-03';
export { HOSTNAME_REASONS } from './hostname-reasons';
export { REQUEST_TEMPLATE } from './request-template';
