import { checkJob } from '../../lib/checks/check-job';
import { checkPlan } from '../../lib/checks/check-plan';
import { checkScript } from '../../lib/checks/check-script';
import { testFixes } from '../support/fixes';
import { flow } from '../support/traced';

const planFor =
  (as: string, hosts = {}) =>
  (): unknown =>
    checkPlan([flow()], { as, place: 'verify', hosts });
const planWith = (destination: string): (() => unknown) => planFor('client', { [destination]: ['10.2.0.3'] });

const endpoint = { host: '10.2.0.3', port: 443, flows: [flow()] };
const planOf = (count: number): Parameters<typeof checkJob>[0] => ({
  endpoints: Array.from({ length: count }, () => endpoint),
  notCheckable: [],
});
const jobOf = (count: number) => (): string =>
  checkJob(planOf(count), { as: 'client', namespace: 'prod', labels: {}, image: 'nc', place: 'verify' });

testFixes([
  [
    'a script that a ConfigMap cannot hold',
    'job-too-large',
    jobOf(40_000),
    '--for script, or fewer --hosts',
    () => checkScript(planOf(40_000)),
    jobOf(1),
  ],
  ['a misspelled role', 'role-unknown', planFor('cleint'), '"client"', planFor('client')],
  ['a misspelled destination', 'destination-unknown', planWith('serverz'), '"server"', planWith('server')],
]);
