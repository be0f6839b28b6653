import { updateSentences } from './sentences';
import { removeTemporaryFolder } from './temporary-files';

export default function afterAllTests(): void {
  try {
    updateSentences();
  } finally {
    removeTemporaryFolder();
  }
}
