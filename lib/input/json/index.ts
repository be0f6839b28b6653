export { parseJson, PLAN_AS_JSON, readJsonFile } from './read-json-file';
