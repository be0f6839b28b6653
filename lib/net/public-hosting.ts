import { isWildcard } from './hostname';

/** Whose customers publish under a domain, for the sentence "anything that anyone hosts on AWS: list the hostnames". */
interface PublicHosting {
  /** Such as `on AWS`. */
  readonly where: string;
  /** What to allow instead of the wildcard: `the hostnames`. */
  readonly exact: string;
}

interface Provider extends PublicHosting {
  /** The domains below which each customer has names. `<region>` is a region of AWS, `<label>` any label. */
  readonly domains: readonly string[];
}

const HOSTNAMES = 'the hostnames';
const BUCKETS = 'the buckets of your region';

/**
 * The domains of the Public Suffix List (https://publicsuffix.org, private domains) that large hosting providers have, and their object
 * storage, registries and content delivery networks.
 */
const PROVIDERS: readonly Provider[] = [
  {
    where: 'on AWS',
    exact: BUCKETS,
    domains: [
      's3.amazonaws.com',
      's3.<region>.amazonaws.com',
      's3-<region>.amazonaws.com',
      's3.dualstack.<region>.amazonaws.com',
      's3-website.<region>.amazonaws.com',
      's3-website-<region>.amazonaws.com',
      's3-accesspoint.<region>.amazonaws.com',
      's3.<region>.amazonaws.com.cn',
    ],
  },
  {
    where: 'on AWS',
    exact: HOSTNAMES,
    domains: [
      'cloudfront.net',
      'compute-1.amazonaws.com',
      '<region>.compute.amazonaws.com',
      '<region>.elb.amazonaws.com',
      'elb.<region>.amazonaws.com',
      'execute-api.<region>.amazonaws.com',
      'dkr.ecr.<region>.amazonaws.com',
      'lambda-url.<region>.on.aws',
      'elasticbeanstalk.com',
      '<region>.elasticbeanstalk.com',
      'amplifyapp.com',
      '<region>.awsapprunner.com',
    ],
  },
  {
    where: 'on Google Cloud',
    exact: HOSTNAMES,
    domains: [
      'storage.googleapis.com',
      'run.app',
      'a.run.app',
      'appspot.com',
      'cloudfunctions.net',
      'web.app',
      'firebaseapp.com',
    ],
  },
  { where: 'in Google registries', exact: 'those of your region', domains: ['pkg.dev', 'gcr.io'] },
  {
    where: 'on Azure',
    exact: HOSTNAMES,
    domains: [
      'blob.core.windows.net',
      'file.core.windows.net',
      'dfs.core.windows.net',
      '<label>.web.core.windows.net',
      'azurewebsites.net',
      'azureedge.net',
      'azurefd.net',
      'azurecr.io',
      'azurestaticapps.net',
      'azurecontainerapps.io',
      'cloudapp.net',
      '<label>.cloudapp.azure.com',
      'trafficmanager.net',
    ],
  },
  { where: 'on Alibaba Cloud', exact: BUCKETS, domains: ['oss-<label>.aliyuncs.com'] },
  { where: 'in Cloudflare buckets', exact: 'the bucket', domains: ['r2.cloudflarestorage.com', 'r2.dev'] },
  { where: 'on Cloudflare', exact: HOSTNAMES, domains: ['pages.dev', 'workers.dev'] },
  { where: 'on GitHub', exact: HOSTNAMES, domains: ['githubusercontent.com', 'github.io'] },
  { where: 'on GitLab', exact: HOSTNAMES, domains: ['gitlab.io'] },
  {
    where: 'on DigitalOcean',
    exact: HOSTNAMES,
    domains: ['<label>.digitaloceanspaces.com', 'ondigitalocean.app'],
  },
  { where: 'on Heroku', exact: HOSTNAMES, domains: ['herokuapp.com'] },
  { where: 'on Netlify', exact: HOSTNAMES, domains: ['netlify.app'] },
  { where: 'on Vercel', exact: HOSTNAMES, domains: ['vercel.app'] },
  { where: 'on Fastly', exact: HOSTNAMES, domains: ['fastly.net'] },
  { where: 'on Akamai', exact: HOSTNAMES, domains: ['akamaized.net', 'akamaihd.net', 'edgekey.net', 'edgesuite.net'] },
];

const PLACEHOLDERS: Readonly<Record<string, string>> = {
  '<region>': '[a-z]{2,}(?:-[a-z]+)+-\\d+',
  '<label>': '[a-z0-9-]+',
};

/** Each domain as expressions of its labels, the top-level domain first. */
const DOMAINS: readonly { readonly labels: readonly RegExp[]; readonly hosting: PublicHosting }[] = PROVIDERS.flatMap(
  ({ domains, where, exact }) => domains.map((domain) => ({ labels: labelsOf(domain), hosting: { where, exact } })),
);

function labelsOf(domain: string): RegExp[] {
  const expression = (label: string): RegExp =>
    new RegExp(`^${label.replace(/<.*?>/g, (name) => PLACEHOLDERS[name])}$`);
  return domain.split('.').map(expression).reverse();
}

/**
 * Returns where anyone can publish under a wildcard; nothing if the hostname is exact or its domain has one publisher. A wildcard above
 * such a domain is one of these: `*.amazonaws.com` has every bucket.
 */
export function publicHosting(hostname: string): PublicHosting | undefined {
  if (!isWildcard(hostname)) return undefined;
  const labels = hostname.slice(2).split('.').reverse();
  return DOMAINS.find(
    (domain) =>
      labels.length <= domain.labels.length && labels.every((label, index) => domain.labels[index].test(label)),
  )?.hosting;
}
