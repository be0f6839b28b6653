/** A program that deploys Terraform JSON. */
export type Program = 'terraform' | 'tofu';

/** The program of this project of jest.deploy.mjs. */
export const PROGRAM: Program = (globalThis as { deployWith?: Program }).deployWith ?? 'terraform';

/** The registry in the addresses of providers, by the program. */
export const REGISTRIES: Readonly<Record<Program, string>> = {
  terraform: 'registry.terraform.io',
  tofu: 'registry.opentofu.org',
};
