export { ApinizerDataStoreRules, type ApinizerDataStoreRulesProps } from './apinizer-data-store-rules';
export {
  ApinizerInstallationHostnames,
  type ApinizerInstallationHostnamesProps,
  LinuxDistribution,
} from './apinizer-installation-hostnames';
export {
  type ApinizerGateway,
  ApinizerNodePorts,
  type ApinizerNodePortsProps,
  type ApinizerService,
} from './apinizer-node-ports';
