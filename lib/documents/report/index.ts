export {
  type GivenChange,
  type GivenChanges,
  makeReportData,
  type ReportedResult,
  type ReportFinding,
  type ReportPicture,
  type ReportVerification,
} from './data';
export { reportPage } from './page';
