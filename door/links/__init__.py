"""What a link shows to who only passes it on: the head of its HTML, its picture, figures to embed."""
