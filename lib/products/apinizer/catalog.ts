export { APINIZER_INSTALLATION_HOSTS } from './apinizer-installation-hosts@2024-12';
export { APINIZER_INSTALLATION_HOSTS_2026_03 } from './apinizer-installation-hosts@2026-03';
export { HOSTNAME_REASONS } from './hostname-reasons';
export { REQUEST_TEMPLATE } from './request-template';
