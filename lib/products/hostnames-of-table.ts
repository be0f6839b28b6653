import type { PropsForm } from '../input';
import type { DocumentedHostnamesProps, HostnamesRequest } from '../opening';
import { tableOf } from '../tables';
import { hostnameEditionsOf } from './catalog';

/** The props of a construct that is generated from a hostname table. */
interface EditionedHostnamesProps extends DocumentedHostnamesProps {
  /**
   * The edition of the document.
   * @default - the first edition that this package has
   */
  readonly edition?: string;
}

const FORM: PropsForm<EditionedHostnamesProps> = {
  needed: 'a hostname filter',
  example: '{ through }',
  names: { through: true, omit: true, supplements: true, ownership: true, rowOwnership: true, edition: true },
};

/** Returns what a construct needs that is generated from the editions of a hostname table. The default edition is the first. */
export function hostnamesOfTable(id: string, props: EditionedHostnamesProps): HostnamesRequest {
  const editions = hostnameEditionsOf(id);
  return { props, form: FORM, table: (place) => tableOf(editions, props.edition, place), editions };
}
