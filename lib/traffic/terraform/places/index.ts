export { PlannedPlaces, StatePlaces, SynthesizedPlaces } from './aws-places';
export { hasProject, PlannedProjects, synthesizedProject } from './google-projects';
export { type Clusters, plannedClusters, synthesizedClusters } from './kubernetes-clusters';
