package org.lapse.architecture.planted.pages.missing;

class Lost {}
