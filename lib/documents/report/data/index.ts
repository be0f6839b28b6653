export type { GivenChange, GivenChanges } from './changes';
export { makeReportData } from './make-report-data';
export type {
  ReportChange,
  ReportChanges,
  ReportData,
  ReportedResult,
  ReportEnd,
  ReportFinding,
  ReportPicture,
  ReportRequestEntry,
  ReportRow,
  ReportTopic,
  ReportVerification,
  RowMark,
} from './report-data';
