import { ApinizerDataStoreRules, ExternalHosts, Peer } from 'cdktf-cluster-ports';
import { readStack } from '../../lib/provenance/read-stack';
import { readState } from '../../lib/provenance/terraform-state';
import { newStack } from '../support/clouds';
import { testFixes } from '../support/fixes';

function synthesized(): any {
  const stack = newStack();
  new ApinizerDataStoreRules(stack, 'stores', {
    workers: Peer.cidr('10.1.0.0/16'),
    mongodb: ExternalHosts.named('mongodb', '10.8.0.0/28'),
  });
  return JSON.parse(JSON.stringify(stack.toTerraform()));
}

/** Reads a stack whose provenance was changed after synthesis. */
const changed = (change: (clusterPorts: any) => void) => (): unknown => {
  const json = synthesized();
  change(json['//'].metadata.clusterPorts);
  return readStack('cdk.tf.json', json);
};
const synthesizedAgain = (): unknown => readStack('cdk.tf.json', synthesized());

testFixes([
  [
    'a port that was changed',
    'json-altered',
    changed((clusterPorts) => (clusterPorts.flows[0].port = 443)),
    'to synthesize the stack again',
    synthesizedAgain,
  ],
  [
    'provenance of an older version',
    'provenance-version-unknown',
    changed((clusterPorts) => (clusterPorts.version = 0)),
    'to synthesize the stack again with this version of cdktf-cluster-ports',
    synthesizedAgain,
  ],
  [
    'provenance of a newer version',
    'provenance-version-unknown',
    changed((clusterPorts) => (clusterPorts.version = 99)),
    'to update cluster-ports to the version that synthesized the stack',
    synthesizedAgain,
  ],
  [
    'text in place of a state',
    'state-required',
    () => readState('state.json', 'aws_security_group.workers:'),
    '"terraform show -json > state.json" in the directory of the stack',
    () => readState('state.json', { format_version: '1.0', values: { root_module: {} } }),
  ],
]);
