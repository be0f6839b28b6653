import { posix } from 'node:path';
import { builtPages, hasFile } from './built-site';

const pages = builtPages();

/** Returns the links of a page to the site itself, as path and anchor. */
function linksOf(path: string, html: string): { readonly target: string; readonly anchor?: string }[] {
  const hrefs = [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, href]) => href.replaceAll('&amp;', '&'));
  return hrefs
    .filter((href) => !/^[a-z]+:/i.test(href))
    .map((href) => {
      const [file, anchor] = href.split('#');
      const target =
        file === ''
          ? path
          : posix.join(posix.dirname(path), file.startsWith('/') ? posix.relative(posix.dirname(path), file) : file);
      return {
        target: file.endsWith('/') ? posix.join(target, 'index.html') : target,
        anchor: anchor && decodeURIComponent(anchor),
      };
    });
}

test('every link of the site leads to a page, and every anchor to a heading', () => {
  expect(pages.size).toBeGreaterThan(100);
  const anchors = new Map(
    [...pages].map(([path, html]) => [path, new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id))]),
  );
  const broken = [...pages].flatMap(([path, html]) =>
    linksOf(path, html)
      .filter(({ target, anchor }) => !hasFile(target) || (anchor && !anchors.get(target)?.has(anchor)))
      .map(({ target, anchor }) => `${path}: ${target}${anchor ? `#${anchor}` : ''}`),
  );
  expect([...new Set(broken)]).toEqual([]);
});

/** Returns the texts that a page does not have, because a page is too long for the message of a test. */
function missingOn(path: string, texts: readonly string[]): string[] {
  return texts.filter((text) => !pages.get(path)?.includes(text));
}

test('a page per product has its ports, its options and the Terraform of both clouds', () => {
  const texts = ['9345/tcp', 'encapsulation', 'rke2-agent-to-server', 'aws_vpc_security_group_ingress_rule'];
  expect(missingOn('/docs/ports/rke2.html', texts)).toEqual([]);
});

test('a page per hostname table has the Terraform of both clouds', () => {
  const texts = ['git.rancher.io', 'google_network_security_url_lists', 'aws_networkfirewall_rule_group'];
  expect(missingOn('/docs/ports/rancher-hostnames.html', texts)).toEqual([]);
});

test('a page per example has its code, in every language', () => {
  expect(missingOn('/examples/go/vcluster_platform_on_gke-go.html', ['NewVClusterPlatformOnGke'])).toEqual([]);
  expect(missingOn('/examples/java/VClusterPlatformOnGke-java.html', ['VClusterPlatformOnGke'])).toEqual([]);
  expect(missingOn('/examples/python/vcluster_platform_on_gke-py.html', ['VClusterPlatformOnGke'])).toEqual([]);
});

test('a page per command has its help and what it prints', () => {
  expect(missingOn('/commands/who.html', ['Usage: cluster-ports who', 'kubeadm-flannel'])).toEqual([]);
});
