export { checkGoss } from './check-goss';
export { checkJob, JOB_IMAGE } from './check-job';
export { checkJunit } from './check-junit';
export { checkPlan, type CheckPlan } from './check-plan';
export {
  checkExitCode,
  checkJson,
  checkLines,
  type CheckReport,
  destinationText,
  endpointText,
  isPassed,
} from './check-report';
export { checkScript } from './check-script';
export { type CheckResult, Outcome, runChecks } from './run-checks';
export { type ChangedResult, watchChecks } from './watch-checks';
