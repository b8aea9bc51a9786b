"use client";

import { SensorsError } from "#components/sensors/sensors-error";

export default SensorsError;
