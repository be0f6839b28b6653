// Writes the synthesized stack of the hybrid example to the file that is named.
import { writeFileSync } from 'node:fs';
import { Testing } from 'cdktf';
import { ApinizerHybrid } from '../examples/apinizer-hybrid';

const stack = new ApinizerHybrid(Testing.app(), 'apinizer-hybrid');
writeFileSync(process.argv[2], JSON.stringify(stack.toTerraform()));
