import { readFile } from '../input';
import type { NotEvaluated } from '../traffic';
import type { CliIo } from './output';

const VALUES = /\.tfvars(?:\.json)?$/;
const MAX_BYTES = 2 ** 24;
const ARGUMENTS = /^TF_CLI_ARGS(?:_(?:plan|apply|refresh))?$/;
/** Arguments that change values, or what is applied. */
const CHANGING = /(?:^|[\s'"])--?(?:var|target|exclude|chdir)\b/;
const STOPS = { added: 'opened', changed: 'any', removed: 'any' } as const;

/** The values of variables that a stack does not contain: files with values beside it, and the environment. */
export class ValuesElsewhere {
  private readonly texts: readonly (string | undefined)[];
  private readonly arguments: readonly (readonly [string, string])[];

  /** @param beside the files beside the stack that Terraform reads */
  constructor(
    beside: readonly string[],
    private readonly env: CliIo['env'],
  ) {
    const all = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
    this.arguments = all.filter(([name, value]) => ARGUMENTS.test(name) && CHANGING.test(value));
    const files = beside.filter((path) => VALUES.test(path)).map((path) => readFile(path, MAX_BYTES));
    this.texts = [
      ...files.map((content) => ('text' in content ? content.text : undefined)),
      // a file that an argument names may have any value
      ...this.arguments.map(([, value]) => (value.includes('-var-file') ? undefined : value)),
    ];
  }

  /** Whether a variable may have a value elsewhere: a text that contains its name may give it one. */
  public has(variable: string): boolean {
    if (this.env[`TF_VAR_${variable}`] !== undefined) return true;
    return this.texts.some((text) => text === undefined || text.includes(variable));
  }

  /**
   * Lists what Terraform takes from the environment. Both sides of a comparison have the same environment, so that it stops a gate only
   * if one of them has the variable.
   */
  public inEnvironment(json: unknown, file: string): NotEvaluated[] {
    const { variable } = json as { variable?: object | object[] };
    const names = new Set([variable ?? {}].flat().flatMap((block) => Object.keys(block)));
    const values = [...names].sort().flatMap((name): NotEvaluated[] => {
      const value = this.env[`TF_VAR_${name}`];
      const reason = `Terraform takes its value from TF_VAR_${name} in the environment, which is not read`;
      return value === undefined
        ? []
        : [{ file, address: `var.${name}`, reason, content: `${name}=${value}`, stops: STOPS }];
    });
    const reason = 'Terraform takes arguments from it in the environment, and they may change values';
    return [
      ...values,
      ...this.arguments.map(([address, content]) => ({ file, address, reason, content, stops: STOPS })),
    ];
  }
}
