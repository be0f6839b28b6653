import type { Page } from 'playwright-core';
import { Pages } from './pages';

/**
 * What a firewall engineer asks, written down before the page was made: the question, the part of the page with the answer, the words by
 * which the engineer finds the line, and the answer, typed by hand from the code of the shop and from the vendor's document.
 */
const QUESTIONS: readonly (readonly [question: string, part: string, line: string, answer: string])[] = [
  ['What is this page about, and from which day is it?', '#summary', 'Date', '2026-11-28'],
  ['How much must my team open?', '#summary .figures li', 'rows for the firewall team', '9'],
  [
    'Is IPv6 needed?',
    '#summary .about-page',
    'IP versions',
    'IPv4: no IP range of this page is IPv6; not known for list:pl-0123456789abcdef0',
  ],
  [
    'Is a protocol without ports needed?',
    '#summary .about-page',
    'Protocols',
    'nothing without ports, such as ICMP or VRRP',
  ],
  ['Must I do something about a warning?', '#findings .about', 'What to do', 'not for the firewall team'],
  [
    'What does the text in angle brackets stand for?',
    '#all-ports tr',
    '25080/tcp',
    'where <MONGODB_IP> is the IP address of a machine of shop-mongodb',
  ],
  [
    'Must I open what a later edition adds?',
    '#documents tr',
    'kubeadm-flannel@2024-12',
    'neither opened nor asked for',
  ],
  ['Are both ports of Flannel needed?', '#request .entry', '8472/udp', 'with VXLAN, 8285/udp is not needed'],
  ['How many hostnames must my team allow?', '#summary .figures li', 'hostnames for the firewall team', '8'],
  ['Who wants MongoDB, and until when?', '#all-ports tr', '25080/tcp', 'no owner, ticket or last day recorded'],
  [
    'Who wants the port of the kubelet, and until when?',
    '#all-ports tr',
    '10350/tcp',
    'shop platform ticket NET-42 until 2027-03-31',
  ],
  ['Who opens MongoDB on the side of the workers?', '#all-ports tr', '25080/tcp', 'this stack allows it outbound'],
  [
    'Does the stack say which version of Apinizer we run?',
    '#documents tr',
    'apinizer',
    'versions in use: not recorded',
  ],
  [
    'What fails if MongoDB stays closed?',
    '#ports .about',
    'what fails',
    'No document of this page says what fails if a port is closed.',
  ],
  [
    'How do I try it from a worker?',
    '#all-ports tr',
    '25080/tcp',
    'from a machine of security group shop-workers: nc -zv <MONGODB_IP> 25080',
  ],
  ['What is new for my team since the last time?', '#changes', 'To be opened by the firewall team', 'Nothing.'],
  ['Who connects to MongoDB?', '#request .entry', '25080/tcp', 'From security group shop-workers 10.20.1.0/24'],
  ['To which IP addresses?', '#request .entry', '25080/tcp', 'To shop-mongodb 10.8.0.0/28'],
  [
    'Which port and protocol does Flannel need between workers and control plane?',
    '#all-ports tr',
    '8472/udp',
    'shop-masters',
  ],
  ['What is 25080/tcp for?', '#all-ports tr', '25080/tcp', 'Apinizer configuration database port'],
  [
    'Which document says so, and under which heading?',
    '#all-ports tr',
    '25080/tcp',
    'apinizer-data-stores@2024-12 Port Requirements of Apinizer Components',
  ],
  [
    'Since which edition does the vendor ask for it, and when was that checked?',
    '#documents tr',
    'apinizer-data-stores@2024-12',
    '2024-12 the port table was compared with the document on 2026-11-',
  ],
  ['What is open to the internet?', '#world tr', '30080/tcp', 'security group shop-workers'],
  ['Why is it open to the internet?', '#world tr', '30080/tcp', 'customers call the API of the shop'],
  ['Since when is it: was it open before this change?', '#changes tr', 'widened', '30080/tcp 198.51.100.0/24'],
  [
    'What is not in the vendor document, and who says that it is needed?',
    '#supplements tr',
    '8472/udp',
    'pods on different workers reach each other through Flannel',
  ],
  [
    'Where does the installation differ from the document?',
    '#moved tr',
    'shop-workers',
    '10350/tcp document: 10250/tcp',
  ],
  ['What does the document ask for that nobody wants?', '#omitted tr', '2379-2380/tcp', 'omitted by shop/cluster'],
  ['What is open and nobody documents it?', '#undocumented tr', '22/tcp', '10.99.0.0/16'],
  ['Which hostnames must the proxy allow, on which ports?', '#hostnames tr', 'archive.ubuntu.com', '443/tcp 80/tcp'],
  ['Whose rule is it, so that I can find it in the code?', '#all-ports tr', '30080/tcp', 'shop/node-ports'],
  ['Must I open the way back too?', '#request', 'stateful', 'A stateful firewall lets their answers pass'],
  [
    'Do we run the versions that the vendor has checked?',
    '#documents tr',
    'kubeadm-flannel@2024-12',
    'not for your kubernetes 1.34.1',
  ],
  ['What would the next edition of the document change?', '#documents tr', 'kubeadm-flannel@2024-12', '10257/tcp'],
  [
    'Does it work already, and what is the likely cause if not?',
    '#verification tr',
    '10.8.0.4:25080',
    'a firewall probably drops the packets',
  ],
  [
    'What else do I have to check, which is not in this list?',
    '#request .checks',
    'Metrics Server',
    'the table metrics-server covers it, and this stack does not open it',
  ],
  ['What can this page not tell me?', '#not-evaluated', 'Not evaluated', ''],
];

const pages = new Pages();
let page: Page;
beforeAll(async () => {
  await pages.writeShop('report.html');
  ({ page } = await pages.open('report.html'));
});

test('there are at least twenty questions', () => {
  expect(QUESTIONS.length).toBeGreaterThanOrEqual(20);
});

test.each(QUESTIONS)('%s', async (_, part, line, answer) => {
  const lines = await page.locator(part).evaluateAll((all) => all.map((one) => one.textContent!.replace(/\s+/g, ' ')));
  const found = lines.filter((text) => text.includes(line));
  expect(found).not.toEqual([]);
  expect(found.join('\n').replace(/\s/g, '')).toContain(answer.replace(/\s/g, ''));
});
