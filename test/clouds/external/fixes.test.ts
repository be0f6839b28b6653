import { ExternalHosts } from '../../../lib';
import { testFixes } from '../../support/fixes';

const named = (range: string) => (): ExternalHosts => ExternalHosts.named('mongodb', range);

testFixes([
  ['a range with host bits', 'range-with-host-bits', named('10.8.0.1/28'), '"10.8.0.0/28"', named('10.8.0.0/28')],
  ['an IP address', 'range-without-prefix', named('10.8.0.1'), '"10.8.0.1/32"', named('10.8.0.1/32')],
]);
