import { html } from './markup';
import type { PageSection } from './section';

const WORDS: readonly (readonly [string, string])[] = [
  ['From, To', 'who opens the connection, and who listens. Answers belong to the same connection.'],
  [
    'Port',
    'a number or an inclusive range with its protocol: 6443/tcp, 2379-2380/tcp. 8/icmp is a type of ICMP, and 112/ip is an IP protocol by its number; neither has ports.',
  ],
  [
    '<aws_vpc.main.id>, <WORKER_IP>',
    'what is in angle brackets stands for something else: an id that Terraform knows after it has applied, by its name in the code; or, in a command, the IP address of one machine.',
  ],
  [
    'Stack, construct',
    'a part of the code that is deployed together, and a part of it that opens the ports of one document.',
  ],
  [
    'Check by hand',
    'a command to try a port. "Connection refused" means that nothing listens there yet, or that a firewall rejects it; no answer to TCP means that a firewall drops it, or that the machine is down.',
  ],
  ['NodePort', 'a port that each machine of a cluster has for a service, whose pods have a port of their own.'],
  [
    'Document',
    'the page of a vendor that asks for the port, with its edition and the heading. kubeadm-flannel@2024-12 is its port table in this package, with the edition. A link without a version leads to the page as it is now.',
  ],
  [
    'Supplement',
    'something that a working installation needs and the document leaves out. It has a source of its own.',
  ],
  ['Moved', 'the port is a different one than in the document; the port of the document is below it.'],
  ['New', 'it, or some of its IP ranges, was not there in the stacks that the page compares with.'],
  ['Expired', 'its last day is over. It stays open until somebody removes it.'],
  [
    'Opened by this stack',
    'rules in Terraform open it, and the firewall team has nothing to do. "More" names its construct and its rules.',
  ],
  [
    'Opened by the firewall team',
    'the machines are behind a firewall that another team manages, which is asked to open it.',
  ],
  ['Open to the world', 'more public addresses may reach it than one /8 of IPv4 or one /16 of IPv6 has.'],
  ['Not known to be open', 'a rule exists, and something that could not be evaluated decides whether it applies.'],
  ['Not evaluated', 'something that affects traffic and that this page could not evaluate. It is always listed.'],
];

/** Explains the words of the page. */
export function glossarySection(): PageSection {
  const content = html`<dl class="words">
    ${WORDS.map(
      ([word, meaning]) =>
        html`<div>
          <dt>${word}</dt>
          <dd>${meaning}</dd>
        </div>`,
    )}
  </dl>`;
  return { id: 'glossary', title: 'Glossary', content };
}
