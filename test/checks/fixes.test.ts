import { checkPlan } from '../../lib/checks/check-plan';
import { testFixes } from '../support/fixes';
import { flow } from '../support/traced';

const planFor =
  (as: string, hosts = {}) =>
  (): unknown =>
    checkPlan([flow()], { as, place: 'verify', hosts });
const planWith = (destination: string): (() => unknown) => planFor('client', { [destination]: ['10.2.0.3'] });

testFixes([
  ['a misspelled role', 'role-unknown', planFor('cleint'), '"client"', planFor('client')],
  ['a misspelled destination', 'destination-unknown', planWith('serverz'), '"server"', planWith('server')],
]);
