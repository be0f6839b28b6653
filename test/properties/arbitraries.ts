import fc from 'fast-check';

/** An IPv4 range in canonical form with a prefix length of 11 or more. */
export const ipv4Range = fc
  .tuple(fc.integer({ min: 11, max: 32 }), fc.integer({ min: 0, max: 0xffffffff }))
  .map(([prefix, bits]) => {
    const network = prefix === 32 ? bits >>> 0 : ((bits >>> (32 - prefix)) << (32 - prefix)) >>> 0;
    return `${[24, 16, 8, 0].map((shift) => (network >>> shift) & 255).join('.')}/${prefix}`;
  });

/** An IPv6 range of documentation addresses with a prefix length of 48 to 64. */
export const ipv6Range = fc
  .tuple(fc.integer({ min: 48, max: 64 }), fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0, max: 0xffff }))
  .map(([prefix, third, fourth]) => {
    const subnet = prefix === 48 ? 0 : (fourth >>> (64 - prefix)) << (64 - prefix);
    return `2001:db8:${third.toString(16)}:${subnet.toString(16)}::/${prefix}`;
  });

/** One to five ranges of both families. */
export const ranges = fc.array(fc.oneof(ipv4Range, ipv6Range), { minLength: 1, maxLength: 5 });

/** Text that contains template markers of Terraform. */
export const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom('${', '%{', '$${', '%%{', '$', '%', '{', '}', '"', '\\', '~', '${file("x")}', '%{ if true }'),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(''));
