import type { INodeProperties } from 'n8n-workflow';

import { bodyProperties } from './body';
import { optionsProperty } from './options';
import { providerProperties } from './provider';
import { requestProperties } from './request';
import { toolProperties } from './tool';
import type { Vendors } from './vendors';

/** The whole form of a call to one of these vendors. */
export const requestForm = (vendors: Vendors): INodeProperties[] => [
	...providerProperties(vendors),
	...requestProperties(vendors),
	...bodyProperties(vendors),
	optionsProperty(vendors),
	...toolProperties,
];
