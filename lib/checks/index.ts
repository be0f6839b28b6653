export { checkJunit } from './check-junit';
export { checkPlan, type CheckPlan } from './check-plan';
export { checkExitCode, checkJson, checkLines, type CheckReport, isPassed } from './check-report';
export { checkScript } from './check-script';
export { Outcome, runChecks } from './run-checks';
