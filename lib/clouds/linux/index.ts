export { LinuxHosts } from './linux-hosts';
