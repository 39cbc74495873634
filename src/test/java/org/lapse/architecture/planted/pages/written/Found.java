package org.lapse.architecture.planted.pages.written;

class Found {}
