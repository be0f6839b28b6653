import type { TerraformStack } from 'cdktf';
import { resourcesOf } from './refusals';

/** Returns one line for each hostname and port that a stack allows, sorted: `443/tcp *.docker.com`. */
export function allowedHostnames(stack: TerraformStack): string[] {
  const resources = resourcesOf(stack);
  return [
    ...Object.values(resources.aws_networkfirewall_rule_group ?? {}).flatMap(awsLines),
    ...Object.values(resources.google_network_security_gateway_security_policy_rule ?? {}).flatMap((rule) =>
      proxyLines(rule, resources.google_network_security_url_lists),
    ),
    ...Object.values(resources.google_compute_network_firewall_policy_rule ?? {}).flatMap(policyLines),
  ].sort();
}

function awsLines(group: any): string[] {
  const { rules_source_list: list } = group.rule_group.rules_source;
  const port: Record<string, string> = { TLS_SNI: '443/tcp', HTTP_HOST: '80/tcp' };
  return list.target_types.flatMap((type: string) =>
    list.targets.map((target: string) => `${port[type]} ${target.replace(/^\./, '*.')}`),
  );
}

function proxyLines(rule: any, lists: Record<string, any>): string[] {
  const [, list, port] =
    /^inUrlList\(host\(\), '\$\{google_network_security_url_lists\.(.*)\.id\}'\) && destination\.port == (\d+)$/.exec(
      rule.session_matcher,
    )!;
  return lists[list].values.map((hostname: string) => `${port}/tcp ${hostname}`);
}

function policyLines(rule: any): string[] {
  const [{ ip_protocol, ports }] = rule.match.layer4_configs;
  // the other rules of a policy are for ports of host groups
  return (rule.match.dest_fqdns ?? []).map((hostname: string) => `${ports[0]}/${ip_protocol} ${hostname}`);
}
