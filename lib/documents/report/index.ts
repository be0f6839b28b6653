export {
  makeReportData,
  type ReportChange,
  type ReportChanges,
  type ReportedResult,
  type ReportFinding,
  type ReportPicture,
  type ReportVerification,
} from './data';
export { reportPage } from './page';
