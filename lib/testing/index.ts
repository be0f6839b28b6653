import { jestExpect } from './jest-expect';
import * as matchers from './matchers';
import { trafficSerializer } from './permitted-table';

export type { ExpectedRow } from './expected-row';
export type { ClusterPortsMatchers } from './matcher-types';
export { permittedTraffic } from './permitted-table';

const expect = jestExpect();
expect.extend({ ...matchers });
expect.addSnapshotSerializer(trafficSerializer);
