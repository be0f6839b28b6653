export { HostnameTableFile } from './hostname-table-file';
export { PortTableFile } from './port-table-file';
