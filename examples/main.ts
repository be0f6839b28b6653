import { App } from 'cdktf';
import { exampleApp } from './all';

exampleApp(new App()).synth();
