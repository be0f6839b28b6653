import { firstSentence } from '../../lib/access/rule-description';

test.each([
  ['Flannel', 'Flannel'],
  ['Default NodePort of the console.', 'Default NodePort of the console'],
  ['The API server. Workers register at it. It is public.', 'The API server'],
  ['Server 2.0 of the API', 'Server 2.0 of the API'],
  ['Die Abfrage. Über TLS.', 'Die Abfrage'],
  ['Pulls, e.g. of images', 'Pulls, e.g. of images'],
  ['', ''],
])('the first sentence of %j is %j', (description, label) => {
  expect(firstSentence(description)).toBe(label);
});
