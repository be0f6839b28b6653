import { valueIn, type TerraformState } from './terraform-state';

const TEMPLATE = /\$\$\{|%%\{|\$\{([^{}]*)\}/g;
const SELF_LINK = /^https:\/\/[^\s]*\/global\/networks\//;

/** What is not known yet, in the manner of the vendors' forms: `<addresses of the workers>`. */
export function placeholder(text: string): string {
  return `<${text}>`;
}

/** Text of synthesized Terraform as people read it: escaped text as it is meant, references by their values or as placeholders. */
export function readableText(text: string, state?: TerraformState): string {
  return text.replace(TEMPLATE, (all, expression?: string) => {
    if (expression === undefined) return all.slice(1);
    return (state && valueIn(state, expression)) ?? placeholder(expression);
  });
}

/** An expression, or a template around expressions, as a placeholder: `<aws_vpc.main.cidr_block>`, `<aws_eip.nat.public_ip>/32`. */
export function referenceText(expression: string): string {
  return expression.includes('${') ? readableText(expression) : placeholder(expression);
}

/** The name of a network, whether Terraform has it by its name or its self link. */
export function networkText(text: string, state?: TerraformState): string {
  return readableText(text, state)
    .split(' ')
    .map((word) => word.replace(SELF_LINK, ''))
    .join(' ');
}
