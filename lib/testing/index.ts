import { jestExpect } from './jest-expect';
import { toMatchDocuments, toPermit, toPermitExactly } from './matchers';
import { trafficSerializer } from './traffic-snapshots';

export { ClusterPortsError, type ErrorCode } from '../input';
export { type DocumentsOptions, type ExpectedRow } from '../expectations';
export { type ClusterPortsMatchers } from './matchers';
export { permittedTraffic } from './traffic-snapshots';

const expect = jestExpect();
expect.extend({ toMatchDocuments, toPermit, toPermitExactly });
expect.addSnapshotSerializer(trafficSerializer);
