import { jestExpect } from './jest-expect';
import { toMatchDocuments, toPermit, toPermitExactly } from './matchers';
import { trafficSerializer } from './tested-traffic';

export { ClusterPortsError, type ErrorCode } from '../input';
export { type ExpectedRow } from './expected-rules';
export { type ClusterPortsMatchers, type DocumentsOptions } from './matchers';
export { permittedTraffic } from './tested-traffic';

const expect = jestExpect();
expect.extend({ toMatchDocuments, toPermit, toPermitExactly });
expect.addSnapshotSerializer(trafficSerializer);
