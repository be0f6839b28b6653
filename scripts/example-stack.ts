// Writes the synthesized stack of the hybrid example to a file: `tsx scripts/example-stack.ts <file>`.
import { writeFileSync } from 'node:fs';
import { Testing } from 'cdktf';
import { ApinizerHybrid } from '../examples/apinizer-hybrid';

const stack = new ApinizerHybrid(Testing.app(), 'apinizer-hybrid');
writeFileSync(process.argv[2], JSON.stringify(stack.toTerraform()));
