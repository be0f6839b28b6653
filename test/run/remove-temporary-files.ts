import { removeTemporaryFolder } from './temporary-files';

export default removeTemporaryFolder;
