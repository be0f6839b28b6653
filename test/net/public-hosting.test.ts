import { publicHosting } from '../../lib/net';

describe('anyone can publish under', () => {
  test.each<[string, string, string]>([
    ['*.amazonaws.com', 'on AWS', 'the buckets of your region'],
    ['*.eu-central-1.amazonaws.com', 'on AWS', 'the buckets of your region'],
    ['*.s3.amazonaws.com', 'on AWS', 'the buckets of your region'],
    ['*.s3.eu-central-1.amazonaws.com', 'on AWS', 'the buckets of your region'],
    ['*.s3.us-gov-west-1.amazonaws.com', 'on AWS', 'the buckets of your region'],
    ['*.s3.cn-north-1.amazonaws.com.cn', 'on AWS', 'the buckets of your region'],
    ['*.s3-us-west-2.amazonaws.com', 'on AWS', 'the buckets of your region'],
    ['*.s3.dualstack.us-east-1.amazonaws.com', 'on AWS', 'the buckets of your region'],
    ['*.s3-website.eu-central-1.amazonaws.com', 'on AWS', 'the buckets of your region'],
    ['*.cloudfront.net', 'on AWS', 'the hostnames'],
    ['*.compute.amazonaws.com', 'on AWS', 'the hostnames'],
    ['*.eu-west-1.compute.amazonaws.com', 'on AWS', 'the hostnames'],
    ['*.eu-west-1.elb.amazonaws.com', 'on AWS', 'the hostnames'],
    ['*.elb.eu-west-1.amazonaws.com', 'on AWS', 'the hostnames'],
    ['*.execute-api.eu-west-1.amazonaws.com', 'on AWS', 'the hostnames'],
    ['*.lambda-url.eu-west-1.on.aws', 'on AWS', 'the hostnames'],
    ['*.on.aws', 'on AWS', 'the hostnames'],
    ['*.googleapis.com', 'on Google Cloud', 'the hostnames'],
    ['*.storage.googleapis.com', 'on Google Cloud', 'the hostnames'],
    ['*.run.app', 'on Google Cloud', 'the hostnames'],
    ['*.a.run.app', 'on Google Cloud', 'the hostnames'],
    ['*.pkg.dev', 'in Google registries', 'those of your region'],
    ['*.gcr.io', 'in Google registries', 'those of your region'],
    ['*.blob.core.windows.net', 'on Azure', 'the hostnames'],
    ['*.core.windows.net', 'on Azure', 'the hostnames'],
    ['*.windows.net', 'on Azure', 'the hostnames'],
    ['*.z6.web.core.windows.net', 'on Azure', 'the hostnames'],
    ['*.azurewebsites.net', 'on Azure', 'the hostnames'],
    ['*.azurecr.io', 'on Azure', 'the hostnames'],
    ['*.westeurope.cloudapp.azure.com', 'on Azure', 'the hostnames'],
    ['*.aliyuncs.com', 'on Alibaba Cloud', 'the buckets of your region'],
    ['*.oss-eu-central-1.aliyuncs.com', 'on Alibaba Cloud', 'the buckets of your region'],
    ['*.r2.cloudflarestorage.com', 'in Cloudflare buckets', 'the bucket'],
    ['*.cloudflarestorage.com', 'in Cloudflare buckets', 'the bucket'],
    ['*.r2.dev', 'in Cloudflare buckets', 'the bucket'],
    ['*.pages.dev', 'on Cloudflare', 'the hostnames'],
    ['*.workers.dev', 'on Cloudflare', 'the hostnames'],
    ['*.githubusercontent.com', 'on GitHub', 'the hostnames'],
    ['*.github.io', 'on GitHub', 'the hostnames'],
    ['*.gitlab.io', 'on GitLab', 'the hostnames'],
    ['*.digitaloceanspaces.com', 'on DigitalOcean', 'the hostnames'],
    ['*.fra1.digitaloceanspaces.com', 'on DigitalOcean', 'the hostnames'],
    ['*.herokuapp.com', 'on Heroku', 'the hostnames'],
    ['*.netlify.app', 'on Netlify', 'the hostnames'],
    ['*.vercel.app', 'on Vercel', 'the hostnames'],
    ['*.fastly.net', 'on Fastly', 'the hostnames'],
    ['*.akamaized.net', 'on Akamai', 'the hostnames'],
  ])('%s', (hostname, where, exact) => {
    expect(publicHosting(hostname)).toEqual({ where, exact });
  });
});

describe('only one publisher has', () => {
  test.each([
    ['a domain of a vendor', '*.docker.com'],
    ['a domain of a different vendor', '*.k8s.io'],
    ['the names below a bucket', '*.prod.s3.eu-central-1.amazonaws.com'],
    ['the names below an API of AWS', '*.ssm.eu-central-1.amazonaws.com'],
    ['the names below a global API of AWS', '*.ssm.amazonaws.com'],
    ['the names below a site', '*.example.github.io'],
    ['a domain that only ends in the same letters', '*.notcloudfront.net'],
    ['a domain that only begins with the same labels', '*.cloudfront.net.example.com'],
    ['the names below a storage account', '*.prod.blob.core.windows.net'],
    ['exactly one bucket', 'prod.s3.eu-central-1.amazonaws.com'],
    ['exactly one distribution', 'd111111abcdef8.cloudfront.net'],
    ['an API of AWS', 'sts.amazonaws.com'],
  ])('%s: %s', (_what, hostname) => {
    expect(publicHosting(hostname)).toBeUndefined();
  });
});
