// Measures what reading Terraform back costs: node bench/traffic.mjs [--rounds 3] [--sizes 1000,10000,100000]
import { mkdtempSync, rmSync, writeFileSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { compareAddressSets } from './address-sets.mjs';
import { run } from './run.mjs';
import { measured } from './statistics.mjs';
import { count } from './tables.mjs';

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, sizes: { type: 'string', default: '1000,10000,100000' } },
});
const TARGETS = { 'read and canonical form': 'under 5 s, 600 MB', 'diff of one IP address': 'under 10 s' };

console.log(`Node.js ${process.version}, ${cpus().length} CPUs: ${cpus()[0].model}`);
console.log(
  'CPU is user and system time of the whole process, memory its peak (VmHWM on Linux); medians of all rounds.',
);
const table = new Table({
  head: ['', 'rules', 'file', 'CPU', 'CPU per rule', 'CPU to only parsing', 'peak memory', 'target at 100,000'],
  style: { head: [], border: [] },
});
for (const size of options.sizes.split(',').map(Number)) benchSize(size);
console.log(table.toString());
for (const { question, count: ranges, times, otherTimes, ratio } of [1000, 10_000].flatMap((size) =>
  compareAddressSets(size, 5),
)) {
  const medians = `${times.median.toFixed(1)} ms, cidr-tools ${otherTimes.median.toFixed(1)} ms`;
  console.log(`${question} of ${count(ranges)} ranges, the same answer: ${medians}, ${ratio.median.toFixed(3)}x`);
}

function benchSize(size) {
  const directory = mkdtempSync(join(tmpdir(), 'bench-traffic-'));
  try {
    const [before, after] = ['before', 'after'].map((name) => join(directory, `${name}.tf.json`));
    writeFileSync(before, configuration(size, '10.0.0.0/32'));
    writeFileSync(after, configuration(size, '192.0.2.1/32'));
    const programs = [
      { name: 'only parsing', file: 'parse-json.cjs', args: [before] },
      { name: 'read and canonical form', file: 'read-traffic.cjs', args: [before] },
      { name: 'read and lint', file: 'lint-traffic.cjs', args: [before] },
      { name: 'diff of one IP address', file: 'diff-traffic.cjs', args: [before, after] },
    ];
    const reports = programs.map((program) => Array.from({ length: Number(options.rounds) }, () => run(program, size)));
    const base = measured(reports[0], 'cpu').median;
    programs.forEach(({ name }, index) => {
      const cpu = measured(reports[index], 'cpu').median;
      table.push([
        name,
        count(size),
        `${(statSync(before).size / 1e6).toFixed(1)} MB`,
        `${(cpu / 1000).toFixed(2)} s`,
        `${((cpu / size) * 1000).toFixed(0)} us`,
        `${(cpu / base).toFixed(2)}x`,
        `${measured(reports[index], 'memory').median.toFixed(0)} MB`,
        TARGETS[name] ?? '',
      ]);
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Rules as the constructs of this library write them. No two ranges are adjacent, so each is a line of its own. */
function configuration(size, first) {
  const rules = Array.from({ length: size }, (_, index) => {
    const address = index === 0 ? first : `10.${(index >> 15) & 255}.${(index >> 7) & 255}.${(index << 1) & 255}/32`;
    const id = `ingress_tcp_${8443 + (index % 4)}_${index.toString(16).padStart(12, '0')}`;
    const body = {
      '//': { metadata: { path: `platform/cdktf-cluster-ports/${id}`, uniqueId: id } },
      cidr_ipv4: address,
      description: 'Kubernetes API server [kubeadm-flannel@2024-12/worker-to-control-plane/api-server]',
      from_port: 8443 + (index % 4),
      ip_protocol: 'tcp',
      security_group_id: `\${aws_security_group.group_${index % 10}.id}`,
      to_port: 8443 + (index % 4),
    };
    return [id, body];
  });
  return JSON.stringify({ resource: { aws_vpc_security_group_ingress_rule: Object.fromEntries(rules) } }, null, 2);
}
