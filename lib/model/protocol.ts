/** A transport protocol that vendors document ports for. */
export enum Protocol {
  /** TCP, protocol number 6. */
  TCP = 'tcp',
  /** UDP, protocol number 17. */
  UDP = 'udp',
}
