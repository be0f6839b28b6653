import { nearestName, refusal, shown } from '../../input';
import { inPolicyOrder } from '../permitted';
import { ONLY_IN_REGION } from '../register';
import type { Configuration } from '../configuration';

/**
 * Returns a configuration as it is for machines in a region of Google Cloud: with the rules of the regional firewall policies of this region,
 * and without those of other regions. Without a region it is returned as it is.
 */
export function inRegion(configuration: Configuration, region: string | undefined): Configuration {
  const { regionalRules = [], rules, notEvaluated, enforcementOrders } = configuration;
  if (region === undefined || regionalRules.length === 0) return configuration;
  const evaluated = new Set(regionalRules.map(placeOf));
  const orders = new Map(
    [...enforcementOrders].flatMap(([name, { order }]) => (order === undefined ? [] : [[name, order] as const])),
  );
  const own = regionalRules.filter((one) => one.region === region).flatMap((one) => one.rules);
  return {
    ...configuration,
    rules: [...rules, ...inPolicyOrder(own, orders)],
    notEvaluated: notEvaluated.filter((one) => one.reason !== ONLY_IN_REGION || !evaluated.has(placeOf(one))),
  };
}

/** Returns a configuration with the rules of all regions, which name machines and IP ranges. It must not judge packets. */
export function inAllRegions(configuration: Configuration): Configuration {
  const { rules, regionalRules = [] } = configuration;
  if (regionalRules.length === 0) return configuration;
  return { ...configuration, rules: [...rules, ...regionalRules.flatMap((one) => one.rules)] };
}

const PLACE = '--region';
const REGIONAL_RULE = /(?:^|\.)google_compute_region_network_firewall_policy_rule\./;
/** `europe-west3`: https://docs.cloud.google.com/compute/docs/regions-zones, read on 2026-11-29. */
const REGION = /^[a-z]+(?:-[a-z]+)+\d+$/;

/** Throws if a region decides nothing, because no rule is in any region, or if it cannot be one. */
export function checkAskedRegion(
  { regionalRules = [], notEvaluated }: Configuration,
  region: string | undefined,
): void {
  if (region === undefined) return;
  const known = [...new Set(regionalRules.map((one) => one.region))].sort();
  if (known.length === 0 && !notEvaluated.some(({ address }) => REGIONAL_RULE.test(address))) {
    const need = 'must be left out, because these files have no rule of a regional firewall policy of Google Cloud';
    throw refusal(PLACE, 'region-not-used', need, shown(region));
  }
  if (REGION.test(region)) return;
  const among = known.length === 0 ? '' : `, and these files have rules in ${known.join(', ')}`;
  const nearest = nearestName(region, known) ?? known.at(0);
  throw refusal(
    PLACE,
    'region-unknown',
    `must be a region such as europe-west3${among}`,
    shown(region),
    nearest && shown(nearest),
  );
}

/** Returns what a reader should know about a region, if no regional policy is in it. */
export function remarkOnRegion({ regionalRules = [] }: Configuration, region: string | undefined): string | undefined {
  const known = [...new Set(regionalRules.map((one) => one.region))].sort();
  if (region === undefined || known.length === 0 || known.includes(region)) return undefined;
  return `no regional firewall policy of these files is in ${region}, but in ${known.join(', ')}`;
}

function placeOf({ file, address }: { readonly file: string; readonly address: string }): string {
  return `${file}\n${address}`;
}
