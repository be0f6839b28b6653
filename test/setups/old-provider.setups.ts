import { compile } from './compiled';
import { pinned, Project } from './project';
import { setups } from './setups';

const PROGRAM = [
  "import { CheckedRulesOnGcp } from './examples/checked-rules-on-gcp';",
  "import { VClusterPlatformOnGke } from './examples/vcluster-platform-on-gke';",
  "import { Testing } from 'cdktf';",
  "console.log(Testing.synth(new VClusterPlatformOnGke(Testing.app(), 'platform')).match(/8443/g).length);",
  "try { new CheckedRulesOnGcp(Testing.app(), 'checks'); } catch (error) { console.log(error.message); }",
];

test('a provider that is too old opens ports, and the error for what it lacks names module and version', async () => {
  const { directory, tarball } = setups();
  const dependencies = { ...pinned('old-provider'), 'cdktf-cluster-ports': `file:${tarball}` };
  const project = Project.install({ directory: `${directory}/old-provider`, dependencies });
  await compile(project, { entry: PROGRAM, outfile: 'app.cjs', framework: 'cdktf', format: 'cjs' });
  expect(project.run('app.cjs')).toMatch(
    /^1\n.*: these rules need the module @cdktf\/provider-google\/lib\/data-google-network-management-connectivity-test-run, which is in versions \^16\.5\.0 of its package, got 15\.0\.0; did you mean npm install @cdktf\/provider-google@\^16\.5\.0\? \[provider-module-missing\]\n$/,
  );
});
