/** How Flannel carries traffic between servers; a cluster runs one backend. */
export enum FlannelBackend {
  /** Both ports of the document, 8285/udp and 8472/udp. */
  DOCUMENTED = 'documented',
  /** VXLAN, 8472/udp: the backend of Flannel's own manifest. */
  VXLAN = 'vxlan',
  /** UDP, 8285/udp: for debugging and very old kernels. */
  UDP = 'udp',
}
